import { cx } from '#platform/ui/cx.ts'

/** As a diff is read: what comes, what goes, what is otherwise. The signs carry the meaning, colours repeat it. */
export function SchemaChanges({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="overflow-x-auto rounded-control border border-line bg-sunken p-2 font-mono text-12">
      {lines.map((line, index) => (
        <li
          key={index}
          className={cx(
            'min-h-5 px-1 wrap-anywhere whitespace-pre-wrap',
            line.startsWith('+') && 'rounded-small bg-success-soft text-success-ink',
            line.startsWith('-') && 'rounded-small bg-danger-soft text-danger-ink',
          )}
        >
          {line}
        </li>
      ))}
    </ul>
  )
}
