import { schemaNotYours, simulateSql, simulateSqlSchema, type SqlRun } from '#contract/sql-console'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { ApiError } from '#platform/ui/api-error.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMay } from '#platform/ui/session.tsx'

export type RunBody = CallInput<typeof simulateSql>['body']

/** Simulates as who may: what changes a schema goes another way, with a right of its own. */
export function useSimulating() {
  const may = useMay()
  const rows = useEndpoint(simulateSql)
  const schema = useEndpoint(simulateSqlSchema)
  return {
    isRunning: rows.isPending || schema.isPending,
    /** @param changesSchema where that is known already; else the server says so */
    simulate: async (body: RunBody, changesSchema = false): Promise<SqlRun> => {
      if (changesSchema && may('sql.ddl')) return schema.mutateAsync({ body })
      try {
        return await rows.mutateAsync({ body })
      } catch (error) {
        const isOfSchema = error instanceof ApiError && error.code === schemaNotYours.code
        if (!isOfSchema || !may('sql.ddl')) throw error
        return schema.mutateAsync({ body })
      }
    },
  }
}
