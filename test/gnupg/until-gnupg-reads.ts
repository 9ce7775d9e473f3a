/**
 * Writes a .p12 file and has gpgsm import it, again where that fails. GnuPG 2.2 derives another key than everybody else from
 * one salt in 128 (it leaves out the zero octets that a sum begins with), so that a file of openssl is written anew, under
 * another salt. Three failures are none of chance.
 */
export function untilGnupgReads(writeAndImport: () => void, triesLeft = 2): void {
  try {
    writeAndImport();
  } catch (error) {
    if (triesLeft === 0) throw error;
    untilGnupgReads(writeAndImport, triesLeft - 1);
  }
}
