import { Input } from '#platform/ui/input.tsx'

type TypedProps = { value: string; onChange: (value: string) => void; name?: string }

/** An amount or a number as people type it; on a phone with figures. */
export const TypedNumber = ({ value, onChange, name }: TypedProps) => (
  <Input inputMode="decimal" autoComplete="off" name={name} value={value} onChange={onChange} />
)
