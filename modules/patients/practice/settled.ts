import { useEffect, useState } from 'react'

const pause = 300

/** The value once it has rested: what is asked of the server while somebody types. */
export function useSettled<Value extends string>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
