import { Pencil, Plus } from 'lucide-react'
import type { SupportTeam } from '#contract/support'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'

type TeamCardProps = { teams: readonly SupportTeam[]; onEdit: (team: SupportTeam | 'new') => void }

export function TeamCard({ teams, onEdit }: TeamCardProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  return (
    <Card
      flush
      title={t('support.sla.teams')}
      actions={
        may('sla.manage') && (
          <Button size="small" icon={Plus} onClick={() => onEdit('new')}>
            {t('support.sla.team.new')}
          </Button>
        )
      }
    >
      {teams.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('support.sla.teams.none')}</p>
      ) : (
        <ul>
          {teams.map((team) => (
            <li
              key={team.id}
              className="flex items-start gap-3 border-t border-line px-4 py-2 text-13 first:border-t-0"
            >
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <span lang="fr">{team.name}</span>
                  {team.archived && <Badge>{t('support.sla.team.archived')}</Badge>}
                </p>
                <p className="text-ink-muted">
                  {team.members.length === 0
                    ? t('support.sla.team.empty')
                    : formats.list(team.members.map(({ name }) => name))}
                </p>
                {team.lead && (
                  <p className="text-12 text-ink-muted">
                    {t('support.sla.team.led_by', { name: team.lead.name })}
                  </p>
                )}
              </div>
              {may('sla.manage') && (
                <IconButton
                  icon={Pencil}
                  label={t('support.sla.team.edit', { name: team.name })}
                  onClick={() => onEdit(team)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
