import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { CheckRequest } from './check-request.tsx';
import { ChooseRequest } from './choose-request.tsx';
import { SignedRequest } from './signed-request.tsx';

/** From the file of a request to the certificate for it. */
export function SignRequestDialog({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<FileContent>();
  const [certificate, setCertificate] = useState<string>();
  if (certificate !== undefined) return <SignedRequest certificate={certificate} onClose={onClose} />;
  if (file === undefined) return <ChooseRequest onFile={setFile} onClose={onClose} />;
  return <CheckRequest file={file} onSigned={setCertificate} onOther={() => setFile(undefined)} onClose={onClose} />;
}
