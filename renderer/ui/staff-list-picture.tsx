/** A list that becomes a person. */
export function StaffListPicture() {
  return (
    <svg width="216" height="88" viewBox="0 0 216 88" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      <rect x="2" y="4" width="97" height="80" rx="10" stroke="var(--kw-control)" fill="var(--kw-canvas)" />
      <path d="M18 26h40M18 42h64M18 58h52" stroke="var(--kw-control)" />
      <path d="M112 44h26m-9-9 9 9-9 9" stroke="var(--kw-accent-text)" strokeWidth="2.6" />
      <circle cx="184" cy="28" r="17" stroke="var(--kw-accent-text)" fill="var(--kw-accent-soft)" />
      <path d="M156 82c0-17 11-27 28-27s28 10 28 27z" stroke="var(--kw-accent-text)" fill="var(--kw-accent-soft)" />
    </svg>
  );
}
