/** A chart that is coming, at its true height. */
export function ChartSkeleton() {
  return <div aria-hidden className="skeleton h-80 w-full rounded-card" />
}
