/** What may stand in a statement that changes a schema: what makes, alters and drops tables, views, indexes, sequences and enums. */
import type { Refusal } from './judging.ts'
import { inWords } from './kinds.ts'
import type { Places } from './places.ts'
import { whyNotNamed } from './relations.ts'
import { namesOf, type Met } from './walking.ts'

const words = (text: string) => text.trim().split(/\s+/)

const objects = new Set(
  words(`OBJECT_TABLE OBJECT_VIEW OBJECT_INDEX OBJECT_SEQUENCE OBJECT_MATVIEW OBJECT_TYPE OBJECT_COLUMN
    OBJECT_TABCONSTRAINT OBJECT_STATISTIC_EXT`),
)

const alterations = new Set(
  words(`AT_AddColumn AT_DropColumn AT_ColumnDefault AT_CookedColumnDefault AT_DropNotNull AT_SetNotNull AT_AlterColumnType
    AT_AddConstraint AT_DropConstraint AT_ValidateConstraint AT_AlterConstraint AT_AddIndexConstraint AT_SetStatistics
    AT_SetOptions AT_ResetOptions AT_SetStorage AT_SetCompression AT_AddIdentity AT_SetIdentity AT_DropIdentity
    AT_SetExpression AT_DropExpression AT_SetRelOptions AT_ResetRelOptions`),
)

/** Whose it is, who sees which rows, and which triggers watch over it are not a console's to change. */
const guarded = /Owner|RowSecurity|Trig|Rule|ReplicaIdentity/

const options = new Set(
  words(`fillfactor parallel_workers autovacuum_enabled toast_tuple_target n_distinct increment minvalue maxvalue start
    restart cache cycle as owned_by generated check_option security_barrier security_invoker`),
)

const methods = new Set(['', 'heap', 'btree', 'hash', 'gin', 'gist', 'spgist', 'brin'])

export const ddlRefusals = (met: Met, places: Places): Refusal[] => [
  ...whatItIs(met, places),
  ...where(met, places),
  ...names(met, places),
]

function whatItIs({ tag, node, at }: Met, places: Places): Refusal[] {
  const refuse = (reason: Refusal['reason'], name: string) => [{ reason, name, place: places.wordAt(at) }]
  // The parser says what a column is renamed in, and of everything else that it is an access method.
  const within =
    node.renameType === 'OBJECT_COLUMN' || tag === 'AlterTableStmt' ? node.relationType : undefined
  const kinds = [node.removeType, node.renameType, node.objtype, within].filter((kind) => kind !== undefined)
  const strange = kinds.find((kind) => !objects.has(String(kind)))
  if (strange !== undefined && tag.endsWith('Stmt')) return refuse('statement', typedObject(String(strange)))
  if (tag === 'AlterTableCmd' && !alterations.has(String(node.subtype)))
    return refuse(
      guarded.test(String(node.subtype)) ? 'rights' : 'option',
      typedAlteration(String(node.subtype)),
    )
  if (tag === 'DefElem' && !options.has(String(node.defname))) return refuse('option', String(node.defname))
  if (node.partspec || node.partbound || node.inhRelations) return refuse('option', 'PARTITION')
  return []
}

const longer: Partial<Record<string, string>> = {
  DOMCONSTRAINT: 'CONSTRAINT',
  TABCONSTRAINT: 'CONSTRAINT',
  MATVIEW: 'MATERIALIZED VIEW',
  FDW: 'FOREIGN DATA WRAPPER',
  OPCLASS: 'OPERATOR CLASS',
  OPFAMILY: 'OPERATOR FAMILY',
  LARGEOBJECT: 'LARGE OBJECT',
}

/** `OBJECT_EVENT_TRIGGER`, as it is typed. */
function typedObject(name: string): string {
  const short = name.replace(/^OBJECT_/, '')
  return longer[short] ?? short.replaceAll('_', ' ')
}

/** `AT_DisableTrigAll`, as it is typed. */
const typedAlteration = (name: string) =>
  inWords(
    name
      .replace(/^AT_/, '')
      .replace(/Trig(?=All|User|$)/, 'Trigger')
      .replace('ChangeOwner', 'OwnerTo')
      .replace('SetUnLogged', 'SetUnlogged')
      .replace('GenericOptions', 'Options')
      .replace(/^(Add|Drop)(Inherit|Of)$/, (_, verb: string, what: string) =>
        verb === 'Drop' ? `No${what}` : what,
      ),
  )

function where({ node, at }: Met, places: Places): Refusal[] {
  const refuse = (reason: Refusal['reason'], name: string) => [{ reason, name, place: places.wordAt(at) }]
  const tablespace = node.tablespacename ?? node.tableSpace ?? node.tableSpaceName ?? node.indexspace
  if (tablespace) return refuse('tablespace', String(tablespace))
  if (node.concurrent) return refuse('concurrently', 'CONCURRENTLY')
  if (typeof node.accessMethod === 'string' && !methods.has(node.accessMethod))
    return refuse('option', node.accessMethod)
  // No temporary tables: they would outlive what is undone in the statistics of the session, and nobody needs one here.
  if (node.relpersistence !== undefined && node.relpersistence !== 'p')
    return refuse('temporary', String(node.relname ?? ''))
  return []
}

/** What is dropped or commented on is a list of names, and no table as elsewhere. */
function names({ tag, node, at }: Met, places: Places): Refusal[] {
  const listed =
    tag === 'DropStmt'
      ? node.objects
      : tag === 'CommentStmt'
        ? [node.object]
        : tag === 'RenameStmt' && node.object
          ? [node.object]
          : tag === 'AlterEnumStmt'
            ? [{ List: { items: node.typeName } }]
            : []
  if (!Array.isArray(listed)) return []
  return listed.flatMap((item: { List?: { items?: unknown }; TypeName?: { names?: unknown } }) => {
    const all = namesOf(item.List?.items ?? item.TypeName?.names)
    // A column or a constraint stands behind its table.
    const own = ['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT'].includes(String(node.objtype))
      ? all.slice(0, -1)
      : all
    const [name = '', schema = '', database = ''] = own.toReversed()
    const reason = whyNotNamed({ database, schema, name }, 'write')
    return reason ? [{ reason, name: own.join('.'), place: places.wordAt(at) }] : []
  })
}
