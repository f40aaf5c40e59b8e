import { useQuery } from '@tanstack/react-query'
import { type ImportOutcome, RejectedRows } from '#contract/clients'
import { downloadFile } from '#platform/contract/jobs.ts'
import type { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { keyOf } from '#platform/ui/data.ts'
import { MISSING } from '#platform/ui/formats.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'

/** The first rejected rows, each with whose it is and why: what a person mends before trying again. */
export function ImportRejected({ id, outcome }: { id: string; outcome: ImportOutcome }) {
  const t = useMessages()
  const formats = useFormats()
  const { data: rows, error, refetch } = useRejectedRows(id)
  const more = rows ? outcome.rejected - rows.length : 0
  return (
    <Card title={t('clients.import.outcome.rejected-rows')} flush>
      {error && !rows ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !rows ? (
        <div className="p-4">
          <Skeleton />
        </div>
      ) : (
        <table className="mt-2 w-full border-t border-line text-13">
          <thead className="text-left text-12 text-ink-muted">
            <tr>
              <th className="w-16 px-4 py-2 text-right font-medium">{t('clients.import.sample.row')}</th>
              <th className="px-2 py-2 font-medium">{t('clients.import.sample.name')}</th>
              <th className="px-2 py-2 font-medium max-sm:hidden">{t('clients.import.fields.email')}</th>
              <th className="px-4 py-2 font-medium">{t('clients.import.outcome.rejected-rows.reason')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t border-line">
            {rows.map(({ row, name, email, code }) => (
              <tr key={row} className="align-top">
                <td className="px-4 py-2 text-right tabular-nums">{formats.integer(row)}</td>
                <td className="px-2 py-2 wrap-anywhere">
                  {name || MISSING}
                  <span className="block text-12 text-ink-muted sm:hidden">{email}</span>
                </td>
                <td className="px-2 py-2 wrap-anywhere max-sm:hidden">{email || MISSING}</td>
                <td className="px-4 py-2">{t(`clients.import.codes.${code}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <p className="border-t border-line px-4 py-2 text-13 text-ink-muted">
          {t('clients.import.outcome.rejected-rows.more', { count: more })}
        </p>
      )}
    </Card>
  )
}

/** It comes as a file, which the person alone may read and which is gone after a day. */
function useRejectedRows(id: string) {
  return useQuery<RejectedRows, ApiError>({
    queryKey: keyOf(downloadFile, { params: { id } }),
    queryFn: async ({ signal }) => {
      const response: Response = await call(downloadFile, { params: { id } }, signal)
      return RejectedRows.parse(await response.json())
    },
    staleTime: Infinity,
  })
}
