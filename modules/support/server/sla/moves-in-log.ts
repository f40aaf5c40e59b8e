/** What a move of messages means to the clocks of the tickets it is between (decision 0030). */
import type { HeldUp, Interrupted, Owed, OwedElsewhere, TicketEvent, TicketStory } from './ticket-log.ts'

type Move = Extract<TicketEvent, { move: string }>

/** What is owed goes along with what was said; what is settled stays where it was, judged for good. */
export function tellMove(story: TicketStory, event: Move, standing: HeldUp | undefined): void {
  switch (event.kind) {
    case 'merged':
      drop(story, () => true)
      break
    case 'messages_moved':
      if (event.waitsSince === undefined) break
      for (const list of [story.firstResponses, story.exchanges])
        for (const owed of list.filter(isOpen)) {
          if (event.waitsSince === null) list.splice(list.indexOf(owed), 1)
          else owed.from = Math.max(owed.from, event.waitsSince)
        }
      break
    case 'given_back':
      drop(story, ({ carried }) => carried?.move === event.move)
      if (event.restores) restore(story, story.interrupted.get(event.move))
      break
    default:
      for (const owed of event.owes) takeIn(story, event, owed)
      if (event.goesOn && standing) interrupt(story, event, standing)
  }
}

function takeIn(story: TicketStory, { kind, move, at }: Move, handed: OwedElsewhere): void {
  const { as, from, came = [] } = handed
  const back = kind === 'taken_in' ? undefined : came.at(-1)
  const by = back ?? { move, as }
  const before = came.filter((one) => one.move !== by.move)
  const isForeign = kind === 'taken_in' || back !== undefined
  const owed: Owed = {
    from,
    settled: null,
    carried: { ...handed, ...by, came: before, until: at, isForeign },
  }
  if (as === 'resolution') story.resolutions.push(owed)
  // Who was answered here waits for the next answer.
  else if (as === 'firstResponse' && !story.firstResponses.some(isSettled)) story.firstResponses.push(owed)
  else story.exchanges.push(owed)
}

function interrupt(story: TicketStory, { move, at }: Move, pause: HeldUp): void {
  story.interrupted.set(move, { pause, resolutions: story.resolutions.map((owed) => [owed, owed.settled]) })
  story.pauses.splice(-1, 1, { ...pause, until: at })
  for (const owed of story.resolutions) owed.settled = null
}

function restore(story: TicketStory, was: Interrupted | undefined): void {
  if (!was) return
  story.pauses.splice(-1, 1, was.pause)
  for (const [owed, settled] of was.resolutions) owed.settled = settled
}

function drop(story: TicketStory, which: (owed: Owed) => boolean): void {
  for (const list of ['firstResponses', 'exchanges', 'resolutions'] as const)
    story[list] = story[list].filter((owed) => isSettled(owed) || !which(owed))
}

const isSettled = ({ settled }: Owed) => settled !== null
const isOpen = ({ settled }: Owed) => settled === null
