const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as it stands in XML, in an element or an attribute (XML 1.0 section 2.4). */
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => references[character] ?? '');
