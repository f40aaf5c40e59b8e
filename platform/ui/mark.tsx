/** The product's sign: the letter psi. */
export function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className="size-6 shrink-0">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path
        d="M8 9v4a8 8 0 0 0 16 0V9M16 7v19"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
