/** The product's name with its mark: a gate that lets a stream through. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-sm font-semibold tracking-tight">
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        className="size-5 text-primary"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      >
        <path d="M3 3v14M17 3v14M3 6h14" strokeLinecap="round" />
        <path
          d="M6 11c1.3-1 2.7-1 4 0s2.7 1 4 0M6 15c1.3-1 2.7-1 4 0s2.7 1 4 0"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      </svg>
      Sluice
    </span>
  )
}
