/** A line of gpg-agent.conf: passwords of tests need not be costly to guess. */
export const quickPasswords = 's2k-count 65536';
