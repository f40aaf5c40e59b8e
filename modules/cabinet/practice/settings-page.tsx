import { getOwnProfile, getPractice } from '#contract/cabinet'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { ExportCard } from './export-card.tsx'
import { OtherSettings } from './other-settings.tsx'
import { PracticeForm } from './practice-form.tsx'
import { ProfileForm } from './profile-form.tsx'

/** What the practice is called and where it is; who the person is professionally. */
export function SettingsPage() {
  const t = useMessages()
  const practice = useEndpoint(getPractice)
  const profile = useEndpoint(getOwnProfile)
  return (
    <>
      <PageHeader title={t('cabinet.settings')} />
      <div className="grid max-w-5xl items-start gap-4 lg:grid-cols-2">
        <Card title={t('cabinet.settings.practice')}>
          {practice.error && !practice.data ? (
            <ErrorState error={practice.error} onRetry={practice.refetch} />
          ) : practice.data ? (
            <PracticeForm practice={practice.data} />
          ) : (
            <Skeleton width="60%" height={320} />
          )}
        </Card>
        {practice.data?.me.profile !== 'secretary' && (
          <Card title={t('cabinet.settings.profile')}>
            {profile.error && !profile.data ? (
              <ErrorState error={profile.error} onRetry={profile.refetch} />
            ) : profile.data ? (
              <ProfileForm profile={profile.data} />
            ) : (
              <Skeleton width="60%" height={320} />
            )}
          </Card>
        )}
        <OtherSettings />
        {practice.data && <ExportCard practice={practice.data.name} />}
      </div>
    </>
  )
}
