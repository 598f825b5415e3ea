'use client'

const size = 44
const stroke = 3
const radius = (size - stroke) / 2
const round = 2 * Math.PI * radius

/** How much of a time is left, as a ring that empties and as minutes and seconds. */
export function CountdownRing({ secondsLeft, ofSeconds }: { secondsLeft: number; ofSeconds: number }) {
  const gone = round * (1 - Math.min(1, Math.max(0, secondsLeft / ofSeconds)))
  const middle = size / 2
  return (
    <span role="timer" aria-label="Time left" className="relative grid shrink-0 place-items-center" style={box}>
      <svg aria-hidden viewBox={`0 0 ${size} ${size}`} className="absolute inset-0 -rotate-90 fill-none">
        <circle cx={middle} cy={middle} r={radius} strokeWidth={stroke} className="stroke-border" />
        <circle
          cx={middle}
          cy={middle}
          r={radius}
          strokeWidth={stroke}
          strokeDasharray={round}
          strokeDashoffset={gone}
          strokeLinecap="round"
          className="stroke-warning"
        />
      </svg>
      <span className="text-[11px] tabular-nums">{clock(secondsLeft)}</span>
    </span>
  )
}

const box = { width: size, height: size }

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
