import { type RefObject, useEffect, useRef } from 'react'

/** A ticket opens where it stands: at the last thing said, with the box to answer in in sight. Once, when the thread is there. */
export function useAtTheEnd(lastMessageId: string | null): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null)
  const went = useRef(false)
  useEffect(() => {
    if (went.current || lastMessageId === null) return
    went.current = true
    // Once the messages have taken their room.
    requestAnimationFrame(() => box.current?.scrollIntoView({ block: 'nearest' }))
  }, [lastMessageId])
  return box
}
