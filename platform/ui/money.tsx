import { useFormats } from './messages.tsx'

/** Integer cents as a person reads them: 29,00 €. Never broken over two lines. */
export function Money({ cents }: { cents: number | null | undefined }) {
  const formats = useFormats()
  return <span className="whitespace-nowrap tabular-nums">{formats.money(cents)}</span>
}
