import { downloadFile, fileGone } from '#platform/contract/jobs.ts'
import type { RefusalStory } from './story.ts'

export const refusals: RefusalStory[] = [
  {
    endpoint: downloadFile,
    refusal: fileGone,
    async tell(server) {
      const direction = await server.as('direction')
      const { staffId } = JSON.parse((await direction.send('GET', '/api/v1/session')).text) as {
        staffId: string
      }
      const { id } = await server.db
        .insertInto('storedFiles')
        .values({
          staffId,
          storageKey: 'long-gone',
          name: 'old.csv',
          mediaType: 'text/csv',
          bytes: 0,
          sha256: Buffer.alloc(32),
          needsPermission: 'clients.export',
          expiresAt: new Date(0),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { as: direction, input: { params: { id } } }
    },
  },
]
