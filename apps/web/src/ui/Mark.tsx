/** The logo of Plausch: a bubble that is also a P, drawn with one stroke. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
    <path
      d="M10 28V15.5a8.5 8.5 0 1 1 8.5 8.5H15"
      fill="none"
      stroke="currentColor"
      strokeWidth="3.4"
      strokeLinecap="round"
    />
  </svg>
)
