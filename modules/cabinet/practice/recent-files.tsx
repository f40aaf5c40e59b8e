import { listFiles } from '#contract/cabinet'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { FileLine } from './file-line.tsx'

const shown = 3

/** The last files that came; all of them stand on their own page. */
export function RecentFiles() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(listFiles)
  return (
    <Card
      title={t('cabinet.files')}
      actions={
        data &&
        data.rows.length > 0 && (
          <span className="text-13">
            <TextLink to="/files">{t('cabinet.files.count', { total: data.rows.length })}</TextLink>
          </span>
        )
      }
    >
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton width="70%" />}
      {data?.rows.length === 0 && (
        <p className="text-13 text-ink-muted">
          {t('cabinet.files.none')}. <TextLink to="/files">{t('cabinet.files.add')}</TextLink>
        </p>
      )}
      <ul className="flex flex-col">
        {data?.rows.slice(0, shown).map((file) => (
          <FileLine key={file.id} file={file} />
        ))}
      </ul>
    </Card>
  )
}
