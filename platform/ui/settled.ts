import { useEffect, useState } from 'react'

/**
 * A value once it rests for so long: nobody is warned, and nothing asked, in the middle of a word.
 *
 * @example const settled = useSettled(text, 600)
 */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
