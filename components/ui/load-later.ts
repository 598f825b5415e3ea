const pauseBetweenLoadsMs = 2_000
const touches = ['pointermove', 'pointerdown', 'keydown'] as const
const heavyTouches = ['pointerup', 'keydown'] as const

/** Loads a part of the page that is not needed at first. The first touch of the page fetches it, so that it is there
 *  when the connection no longer is; what `isHeavy` to evaluate only once the pointer is let go, or it would hold up what is
 *  dragged. A load that fails is tried again until it works: until then only this part is missing, where a rejection would
 *  replace the whole page by the error page. */
export function loadLater<Part>(
  load: () => Promise<Part>,
  { pauseMs = pauseBetweenLoadsMs, isHeavy = false } = {},
): () => Promise<Part> {
  let loading: Promise<Part> | undefined
  const get = () => (loading ??= untilLoaded(load, pauseMs))
  if (typeof window !== 'undefined')
    for (const touch of isHeavy ? heavyTouches : touches)
      window.addEventListener(touch, () => void get(), { once: true, passive: true, capture: true })
  return get
}

async function untilLoaded<Part>(load: () => Promise<Part>, pauseMs: number): Promise<Part> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
