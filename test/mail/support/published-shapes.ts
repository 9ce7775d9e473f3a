import { z } from 'zod';

/** Octets of a property list, as `readPlist` gives them. */
const data = z.strictObject({ data: z.base64().min(4) });

/** Every payload (Apple device management, Common Payload Keys), each key once. */
const common = {
  PayloadIdentifier: z.string().min(1),
  PayloadUUID: z.uuid(),
  PayloadVersion: z.literal(1),
  PayloadDescription: z.string().optional(),
  PayloadDisplayName: z.string().optional(),
  PayloadOrganization: z.string().optional(),
};

const certificate = {
  ...common,
  PayloadType: z.enum(['com.apple.security.root', 'com.apple.security.pkcs1']),
  PayloadCertificateFileName: z.string().optional(),
  PayloadContent: data,
};

const identity = {
  ...certificate,
  PayloadType: z.literal('com.apple.security.pkcs12'),
  Password: z.string().optional(),
  AllowAllAppsAccess: z.boolean().optional(),
  KeyIsExtractable: z.boolean().optional(),
};

/** A configuration profile with certificates (Apple device management: Top Level, Certificate Root, PKCS #1, PKCS #12). */
export const appleProfile = z.strictObject({
  ...common,
  PayloadType: z.literal('Configuration'),
  PayloadContent: z.array(z.union([z.strictObject(certificate), z.strictObject(identity)])).min(1),
  PayloadScope: z.enum(['System', 'User']).optional(),
  PayloadRemovalDisallowed: z.boolean().optional(),
  PayloadExpirationDate: z.string().optional(),
});

/** What `POST /deviceManagement/userPfxCertificates` takes (Microsoft Graph, userPFXCertificate); the script adds provider, key and password. */
export const graphUserPfx = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.userPFXCertificate'),
  id: z.string().optional(),
  thumbprint: z.string().regex(/^[0-9A-F]{40}$/),
  intendedPurpose: z.enum(['unassigned', 'smimeEncryption', 'smimeSigning', 'vpn', 'wifi']),
  userPrincipalName: z.string().regex(/^[^@]+@[^@]+$/),
  startDateTime: z.iso.datetime(),
  expirationDateTime: z.iso.datetime(),
  providerName: z.string().optional(),
  keyName: z.string().optional(),
  paddingScheme: z.enum(['none', 'pkcs1', 'oaepSha1', 'oaepSha256', 'oaepSha384', 'oaepSha512']),
  encryptedPfxBlob: z.base64(),
  encryptedPfxPassword: z.string().optional(),
});

/** What `users.settings.sendAs.smimeInfo.insert` takes (Gmail API v1, SmimeInfo); what it only answers is not among it. */
export const gmailSmimeInfo = z.strictObject({
  isDefault: z.boolean().optional(),
  encryptedKeyPassword: z.string().optional(),
  pem: z.string().optional(),
  pkcs12: z.base64(),
});
