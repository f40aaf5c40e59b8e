/** Holds the place of what is coming, at its true size; silent for screen readers. */
export function Skeleton({ width, height = 12 }: { width?: number | string; height?: number }) {
  return <span aria-hidden className="skeleton block max-w-full" style={{ width, height }} />
}
