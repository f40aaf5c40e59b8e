/**
 * Cards that modules put on a page which does not know them: their tenant on a client's. The app hands them over, the
 * page says where they stand.
 */
import { type ComponentType, createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { Question } from './data.ts'
import { type Part, Wanted } from './part.tsx'
import { useMay } from './session.tsx'
import { Skeleton } from './skeleton.tsx'

/** The id of what the page is about. */
export type CardProps = { id: string }

export type PageCard = {
  /** Nobody without this permission is shown it. */
  needs?: string
  /** Loads the card's own part of the code: `() => import('./tenant-card.tsx').then((m) => m.TenantCard)`. */
  load: () => Promise<ComponentType<CardProps>>
  /** What it will ask about the thing whose page it is: asked with the page's own questions (`Page.asks`). */
  asks?: (id: string) => readonly Question[]
}

export type OfferedCard = {
  needs: string | undefined
  card: Part<CardProps>
  asks?: PageCard['asks']
}
/** By what the audit log calls the thing whose page it is: `client`. */
export type OfferedCards = Readonly<Record<string, readonly OfferedCard[]>>

const Context = createContext<OfferedCards>({})

export function CardsProvider({ cards, children }: { cards: OfferedCards; children: ReactNode }) {
  return <Context value={cards}>{children}</Context>
}

type CardsProps = {
  of: string
  id: string
  /** No room is kept while they load: for what mostly shows nothing. */
  quiet?: boolean
}

/** @example <Cards of="client" id={client.id} /> */
export function Cards({ of, id, quiet = false }: CardsProps): ReactNode {
  const offered = use(Context)[of] ?? []
  const may = useMay()
  // What is offered never changes while the app runs: their places name them.
  return offered.map(
    ({ needs, card }, place) => may(needs) && <Offered key={place} card={card} id={id} quiet={quiet} />,
  )
}

/**
 * Has their code come while the page itself still waits for what it is about.
 *
 * @returns whether it is there, or will not come: a page that shows its cards then shows them all at once, and none
 * pushes the next away
 */
export function useCardsAhead(of: string): boolean {
  const offered = use(Context)[of]
  const may = useMay()
  const [there, setThere] = useState(false)
  useEffect(() => {
    let current = true
    const allowed = offered?.filter(({ needs }) => may(needs)) ?? []
    void Promise.all(allowed.map(({ card }) => card.preload())).then(() => current && setThere(true))
    return () => {
      current = false
    }
  }, [offered, may])
  return there
}

type OfferedProps = { card: Part<CardProps>; id: string; quiet: boolean }

function Offered({ card, id, quiet }: OfferedProps) {
  const [failed, setFailed] = useState(false)
  return (
    <Wanted
      part={card}
      when={!failed}
      give={{ id }}
      otherwise={failed || quiet ? null : <Skeleton height={96} width="100%" />}
      onFailed={() => setFailed(true)}
    />
  )
}
