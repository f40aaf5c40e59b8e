// The import in the browser: send the file, choose the columns, start the run.
import { previewClientImport, importJobKind, startClientImport, uploadClientImport } from '#contract/clients'
import type { Files } from '#platform/server/files.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { originOf } from '#server/audit'
import { handle, refuse, type Handler, type RequestFacts } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { FileRefusal, wireRefusal } from './file-refusal.ts'
import type { ImportOrderOnFile } from './import-job.ts'
import { resolveColumns } from './mapping.ts'
import { countRows, openFile } from './opening.ts'
import { previewOf } from './previewing.ts'
import { refusalValues } from './refusal-values.ts'
import { fileSource } from './source.ts'
import { storedImport, uploadedFor, uploadedType } from './stored-import.ts'

type On = { files: Files; sentences: Sentences; jobs: () => Jobs }

export function importHandlers({ files, sentences, jobs }: On): readonly Handler[] {
  /** A file's own refusal becomes the contract's, with its sentence's values. */
  const reading = async <T>(request: RequestFacts, read: () => Promise<T>): Promise<T> => {
    try {
      return await read()
    } catch (error) {
      const refusal = error instanceof FileRefusal ? wireRefusal(error.code) : undefined
      if (!(error instanceof FileRefusal) || !refusal) throw error
      throw refuse(refusal, {
        details: error.details,
        values: refusalValues(error, sentences, request.language),
      })
    }
  }

  return [
    handle(uploadClientImport, (ctx, { file: received, query }) =>
      reading(ctx.request, async () => {
        const { path, bytes, sha256 } = received
        // Read to its end before it is kept: whatever would stop the import is told now, with its line.
        const file = await openFile(fileSource(path, query.name))
        const rows = await countRows(file)
        const preview = await previewOf('', rows, file, undefined)
        const id = await files.keep(ctx.db, {
          path,
          name: query.name,
          mediaType: uploadedType,
          staffId: ctx.actor.staffId,
          needsPermission: uploadedFor,
          limits: undefined,
        })
        ctx.record({ object: 'client_import', id, after: { name: query.name, bytes, sha256, rows } })
        return { ...preview, id }
      }),
    ),

    handle(previewClientImport, (ctx, { params: { id }, query }) =>
      reading(ctx.request, async () => {
        const source = await storedImport(ctx.db, files, { id, staffId: ctx.actor.staffId })
        const file = await openFile(source)
        const chosen = Object.entries(query).map(([field, heading]) => [field, heading || null])
        const mapping = chosen.length > 0 ? Object.fromEntries(chosen) : undefined
        return previewOf(id, await countRows(file), file, mapping)
      }),
    ),

    handle(startClientImport, (ctx, { params: { id }, body: { mapping, dryRun } }) =>
      reading(ctx.request, async () => {
        const source = await storedImport(ctx.db, files, { id, staffId: ctx.actor.staffId })
        const file = await openFile(source)
        resolveColumns(file.headings, mapping)
        const order: ImportOrderOnFile = {
          fileId: id,
          mapping,
          dryRun,
          actorName: ctx.actor.name,
          language: ctx.request.language,
          origin: originOf(ctx.request),
        }
        const jobId = await jobs().start(ctx.db, {
          kind: importJobKind,
          staffId: ctx.actor.staffId,
          input: order,
        })
        ctx.record({ object: 'client_import', id, after: { name: source.name, dryRun, mapping, jobId } })
        return { jobId }
      }),
    ),
  ]
}
