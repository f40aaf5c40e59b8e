/** Instants by the wall clock of a calendar's place, wherever the screen stands. */

const made = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = made.get(timeZone)
  if (!format)
    made.set(
      timeZone,
      (format = new Intl.DateTimeFormat('sv-SE', {
        timeZone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })),
    )
  return format
}

/** `2026-11-20`, and how many minutes of that day the clock has shown. */
export function wallOf(instant: string | number, timeZone: string): { day: string; minutes: number } {
  const [day = '', time = '00:00'] = formatFor(timeZone).format(new Date(instant)).split(' ')
  return { day, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }
}

export const timeText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** What a field for a day and an hour says (`2026-12-01T08:00`), by that place's clock. */
export function instantOfWall(typed: string, timeZone: string): string {
  const asIfUtc = Date.parse(`${typed}:00Z`)
  // Read back, it says how far that clock is ahead: twice, since it may be moved between.
  let instant = asIfUtc
  for (let tries = 0; tries < 2; tries++) {
    const { day, minutes } = wallOf(instant, timeZone)
    instant += asIfUtc - (Date.parse(day) + minutes * 60_000)
  }
  return new Date(instant).toISOString()
}
