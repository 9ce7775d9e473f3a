import { base64Decode } from '../encoding/base64.ts';

/**
 * Certificates under which Yubico certifies the attestation key (slot F9) of its cards, as it publishes them
 * (developers.yubico.com/PKI). Those of 2024 hang on Yubico Attestation Root 1 through its intermediates; what signs cards is taken
 * in directly, so that nothing else under that root (FIDO, OpenPGP) counts here. DER.
 */
export const yubicoAttestationIssuers: readonly Uint8Array[] = [
  // Yubico PIV Root CA Serial 263751: cards with a firmware before 5.7.4.
  decode([
    'MIIDFzCCAf+gAwIBAgIDBAZHMA0GCSqGSIb3DQEBCwUAMCsxKTAnBgNVBAMMIFl1YmljbyBQSVYgUm9vdCBDQSBTZXJpYWwgMjYzNzUxMCAXDTE2MDMx',
    'NDAwMDAwMFoYDzIwNTIwNDE3MDAwMDAwWjArMSkwJwYDVQQDDCBZdWJpY28gUElWIFJvb3QgQ0EgU2VyaWFsIDI2Mzc1MTCCASIwDQYJKoZIhvcNAQEB',
    'BQADggEPADCCAQoCggEBAMN2cMTNR6YCdcTFRxuPy31PabRn5m6pJ+nSE0HRWpoaM8fc8wHC+Tmb98jmNvhWNE2EilU85uYKfEFP9d6Q2GmytqBnxZsA',
    'a3KqZiCCx2LwQ4iYEOb1llgotVr/whEpdVOqjoU0P5e1j1y7OfwOvky/+AXIN/9Xp0VFlYRk2tQ9GcdYKDmqU+db9iKwpAzid4oHBVLIhmD3pvkWaRA2',
    'H3DA9t7H/HNq5v3OiO1jyLZeKqZoMbPObrxqDg+9fOdShzgfwCqgT3XVmTeiwvBSTctyi9mHQfYd2DwkaqxRnLbNVyK9zl+DzjSGp9IhVPiVtGetX02d',
    'xhQnGS7K6BO0Qe8CAwEAAaNCMEAwHQYDVR0OBBYEFMpfyvLEojGc6SJf8ez01d8Cv4O/MA8GA1UdEwQIMAYBAf8CAQEwDgYDVR0PAQH/BAQDAgEGMA0G',
    'CSqGSIb3DQEBCwUAA4IBAQBc7Ih8Bc1fkC+FyN1fhjWioBCMr3vjneh7MLbA6kSoyWF70N3sXhbXvT4eRh0hvxqvMZNjPU/VlRn6gLVtoEikDLrYFXN6',
    'Hh6Wmyy1GTnspnOvMvz2lLKuym9KYdYLDgnj3BeAvzIhVzzYSeU77/Cupofj093OuAswW0jYvXsGTyix6B3dbW5yWvyS9zNXaqGaUmP3U9/b6DlHdDog',
    'MLu3VLpBB9bm5bjaKWWJYgWltCVgUbFqFqyi4+JE014cSgR57Jcu3dZiehB6UtAPgad9L5cNvua/IWRmm+ANy3O2LH++Pyl8SREzU8onbBsjMg9QDiSf',
    '5oJLKvd/Ren+zGY7',
  ]),
  // Yubico PIV Attestation A 1, under Yubico Attestation Root 1.
  decode([
    'MIIDSTCCAjGgAwIBAgIUSiefkiKiicP9B63XwO7fKqevCkQwDQYJKoZIhvcNAQELBQAwLjEsMCoGA1UEAwwjWXViaWNvIEF0dGVzdGF0aW9uIEludGVy',
    'bWVkaWF0ZSBBIDEwIBcNMjQxMjAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5NTlaMCUxIzAhBgNVBAMMGll1YmljbyBQSVYgQXR0ZXN0YXRpb24gQSAxMIIB',
    'IjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyGCyrZjNrdPfChdDe4JWd+4TMLr8nbugcKJz12egglWi7oy5L9GT99/if9i1OrONdpEt0YrCa+qM',
    'b+dJJ0WUa8M5zXYnUDpn72vhFjH+Anb9P9+v+ZrRqaj/jnR/MYP7NpVpeLHiH2dRCe/PX/NH1XE41GvdUEncDtqUUGaXUea0DfDYMcRDpPT2Qn5e8rn9',
    'FjzDA37SbOVuws5VlFTDzDdqR0FnqeWeIW0DFu17rzCqXcaBVRDnQLTc5EEPDTpiRrQE/Ag+7Wg9ieLrueos75YMQ1EIkfjL49OBVogU1A7kwRGvOnG8',
    'l7sYaY8LZ2b5FROe2hKqmsIy600qjn6b/QIDAQABo2YwZDAdBgNVHQ4EFgQUhAuLXXtpQVBkcsbqyFlj6LVAadgwHwYDVR0jBBgwFoAUIChQIRukWlvo',
    'U8udncXk/Gwveh8wEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8BAf8EBAMCAYYwDQYJKoZIhvcNAQELBQADggEBAFxL/2oFjxkLh2KVnFKdhy7Nf7Mm',
    'EfYXDDFSx1rFDn445jHOUP5kxQPbZc9r53jdvL5W0SQBqBjqA95PYh0r1CPMFsFJdiFXli8Hf3NQ0bTkeFSNG3LsQCOKMb+o2WjYU3vHkRVjKgKGLxys',
    'xxKxGfMUcXdJ0qM6ZVeRHehC2zy7XuI6TQn7/V0ZHXjk7So7dUV55xQde094/3cCTnh9Q3j2aqMjkGx6tDboCsz/+W+tne7WnMHG92ZiAAmOkP2bABja',
    'n461Qty/qBXPHomkfjqNbjUTluPXiMLYKCXHIyKwdkX6cphouSMU3QOTsb35Y2PeWNk54xu+Eds/3nhRMso=',
  ]),
  // Yubico PIV Attestation B 1, under Yubico Attestation Root 1.
  decode([
    'MIIDSTCCAjGgAwIBAgIUWVf2oJG+t1qP8t8TicWgJ2KYan4wDQYJKoZIhvcNAQELBQAwLjEsMCoGA1UEAwwjWXViaWNvIEF0dGVzdGF0aW9uIEludGVy',
    'bWVkaWF0ZSBCIDEwIBcNMjQxMjAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5NTlaMCUxIzAhBgNVBAMMGll1YmljbyBQSVYgQXR0ZXN0YXRpb24gQiAxMIIB',
    'IjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv7WBL9/5AKxSpCMoL63183WqRtFrOHY7tdyuGtoidoYWQrxVaV9S+ZwH0aynh0IzD5A/PvCtuxdt',
    'L5w2cAI3tgsborOlEert4IZ904CZQfq3ooar1an/wssbtMpPOQkC3MQiqrUyHlFS2BTbuwbBXY66lSVX/tGRuUgnBdfBJtcQKS6MO4bU5ndPQqhGPyzc',
    'yY1LvlfzK7KJ1r/bixCRFqjhJRnPs0Czpg6rkRrFgC6cd5bK1UgTsJy+3wrIqkv4CeV3EhSVnhnQjZgIrdIcI5WZ8T1Oq3OhMlWmY0K0dy/oZdP/bpbG',
    '2qbyHLa6gprLT/qChQWLmffxn6D2DAB1zQIDAQABo2YwZDAdBgNVHQ4EFgQUM0Nt3QHo7eGzaKMZn2SmXT74vpcwHwYDVR0jBBgwFoAU6rdCkJ4Me2R6',
    '21R8A7p8Tp/YoWEwEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8BAf8EBAMCAYYwDQYJKoZIhvcNAQELBQADggEBAI0HwoS84fKMUyIof1LdUXvyeAMm',
    'EwW7+nVETvxNNlTMuwv7zPJ4XZAm9Fv95tz9CqZBj6l1PAPQn6Zht9LQA92OF7W7buuXuxuusBTgLM0C1iX2CGXqY/k/uSNvi3ZYfrpd44TIrfrr8bCG',
    '9ux7B5ZCRqb8adDUm92Yz3lK1aX2M6CwjC9IZVTXQWhLyP8Ys3p7rb20CO2jJzV94deJ/+AsEb+bnCQImPat1GDKwrBosar+BxtU7k6kgkxZ0G384O59',
    'GFXqnwkbw2b5HhORvOsX7nhOUhePFufzi1vT1g8Tzbwr+TUfTwo2biKHHcI762KGtp8o6Bcv5y8WgExFuWY=',
  ]),
];

function decode(lines: readonly string[]): Uint8Array {
  return base64Decode(lines.join('')) ?? new Uint8Array();
}
