/** What a statement is, by the tag PostgreSQL’s parser gives it: what may be looked into further, and why the others may not. */
import type { Tree } from './parsing.ts'

export type StatementKind =
  | { command: string; may: 'query' | 'explain' | 'change_schema' }
  | {
      command: string
      reason:
        | 'transaction'
        | 'session_setting'
        | 'copy'
        | 'code'
        | 'prepared'
        | 'cursor'
        | 'notification'
        | 'lock'
        | 'maintenance'
        | 'rights'
        | 'database'
        | 'network'
        | 'extension'
        | 'statement'
    }

const queries: Record<string, string> = {
  SelectStmt: 'SELECT',
  InsertStmt: 'INSERT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
  VariableShowStmt: 'SHOW',
}

const schemaChanges: Record<string, string> = {
  CreateStmt: 'CREATE TABLE',
  CreateTableAsStmt: 'CREATE TABLE AS',
  AlterTableStmt: 'ALTER TABLE',
  DropStmt: 'DROP',
  TruncateStmt: 'TRUNCATE',
  IndexStmt: 'CREATE INDEX',
  ViewStmt: 'CREATE VIEW',
  RenameStmt: 'ALTER … RENAME',
  CommentStmt: 'COMMENT',
  CreateSeqStmt: 'CREATE SEQUENCE',
  AlterSeqStmt: 'ALTER SEQUENCE',
  CreateEnumStmt: 'CREATE TYPE',
  AlterEnumStmt: 'ALTER TYPE',
  CreateStatsStmt: 'CREATE STATISTICS',
}

type Refused = Extract<StatementKind, { reason: string }>['reason']

const refused: Partial<Record<string, Refused>> = Object.fromEntries(
  (
    [
      ['transaction', 'TransactionStmt'],
      [
        'session_setting',
        `VariableSetStmt ConstraintsSetStmt AlterSystemStmt AlterDatabaseSetStmt AlterRoleSetStmt DiscardStmt`,
      ],
      ['copy', 'CopyStmt'],
      [
        'code',
        `DoStmt CallStmt CreateFunctionStmt AlterFunctionStmt CreateTrigStmt CreateEventTrigStmt AlterEventTrigStmt
        RuleStmt CreatePLangStmt CreateCastStmt CreateTransformStmt CreateConversionStmt CreateOpClassStmt CreateOpFamilyStmt
        AlterOpFamilyStmt DefineStmt AlterOperatorStmt AlterTypeStmt CreateAmStmt`,
      ],
      ['prepared', 'PrepareStmt ExecuteStmt DeallocateStmt'],
      ['cursor', 'DeclareCursorStmt FetchStmt ClosePortalStmt'],
      ['notification', 'ListenStmt NotifyStmt UnlistenStmt'],
      ['lock', 'LockStmt'],
      ['maintenance', 'LoadStmt CheckPointStmt VacuumStmt ClusterStmt ReindexStmt RefreshMatViewStmt'],
      [
        'rights',
        `CreateRoleStmt AlterRoleStmt DropRoleStmt GrantStmt GrantRoleStmt AlterDefaultPrivilegesStmt AlterOwnerStmt
        ReassignOwnedStmt DropOwnedStmt CreatePolicyStmt AlterPolicyStmt SecLabelStmt CreateSchemaStmt
        AlterObjectSchemaStmt`,
      ],
      [
        'database',
        `CreatedbStmt DropdbStmt AlterDatabaseStmt AlterDatabaseRefreshCollStmt CreateTableSpaceStmt DropTableSpaceStmt
        AlterTableSpaceOptionsStmt AlterTableMoveAllStmt`,
      ],
      [
        'network',
        `CreateFdwStmt AlterFdwStmt CreateForeignServerStmt AlterForeignServerStmt CreateForeignTableStmt
        CreateUserMappingStmt AlterUserMappingStmt DropUserMappingStmt ImportForeignSchemaStmt CreatePublicationStmt
        AlterPublicationStmt CreateSubscriptionStmt AlterSubscriptionStmt DropSubscriptionStmt`,
      ],
      [
        'extension',
        'CreateExtensionStmt AlterExtensionStmt AlterExtensionContentsStmt AlterObjectDependsStmt',
      ],
    ] as [Refused, string][]
  ).flatMap(([reason, tags]) => tags.split(/\s+/).map((tag) => [tag, reason])),
)

/** @param tree looked at for what one tag holds several of */
export function kindOf(tag: string, tree: Tree): StatementKind {
  // All settings at once, with what they are for: `pg_settings`, which is no table to name either.
  if (tag === 'VariableShowStmt' && tree.name === 'all')
    return { command: 'SHOW ALL', reason: 'session_setting' }
  const query = Object.hasOwn(queries, tag) ? queries[tag] : undefined
  if (query !== undefined) return { command: query, may: 'query' }
  if (tag === 'ExplainStmt') return { command: 'EXPLAIN', may: 'explain' }
  const change = Object.hasOwn(schemaChanges, tag) ? schemaChanges[tag] : undefined
  if (change !== undefined) return { command: change, may: 'change_schema' }
  const reason = Object.hasOwn(refused, tag) ? refused[tag] : undefined
  return { command: commandOf(tag, tree), reason: reason ?? 'statement' }
}

/** Where the parser’s name for it is not what people type. */
const typed: Partial<Record<string, string>> = {
  VariableSetStmt: 'SET',
  ConstraintsSetStmt: 'SET CONSTRAINTS',
  AlterDatabaseSetStmt: 'ALTER DATABASE … SET',
  AlterRoleSetStmt: 'ALTER ROLE … SET',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreateEventTrigStmt: 'CREATE EVENT TRIGGER',
  AlterEventTrigStmt: 'ALTER EVENT TRIGGER',
  RuleStmt: 'CREATE RULE',
  CreatePLangStmt: 'CREATE LANGUAGE',
  CreateOpClassStmt: 'CREATE OPERATOR CLASS',
  CreateOpFamilyStmt: 'CREATE OPERATOR FAMILY',
  AlterOpFamilyStmt: 'ALTER OPERATOR FAMILY',
  DefineStmt: 'CREATE',
  CreateAmStmt: 'CREATE ACCESS METHOD',
  DeclareCursorStmt: 'DECLARE',
  ClosePortalStmt: 'CLOSE',
  CheckPointStmt: 'CHECKPOINT',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  AlterOwnerStmt: 'ALTER … OWNER TO',
  AlterObjectSchemaStmt: 'ALTER … SET SCHEMA',
  SecLabelStmt: 'SECURITY LABEL',
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  AlterDatabaseRefreshCollStmt: 'ALTER DATABASE … REFRESH COLLATION VERSION',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
  AlterTableSpaceOptionsStmt: 'ALTER TABLESPACE',
  AlterTableMoveAllStmt: 'ALTER … ALL IN TABLESPACE',
  CreateFdwStmt: 'CREATE FOREIGN DATA WRAPPER',
  AlterFdwStmt: 'ALTER FOREIGN DATA WRAPPER',
  CreateForeignServerStmt: 'CREATE SERVER',
  AlterForeignServerStmt: 'ALTER SERVER',
  AlterExtensionContentsStmt: 'ALTER EXTENSION',
  AlterObjectDependsStmt: 'ALTER … DEPENDS ON EXTENSION',
}

/** As people type it. */
function commandOf(tag: string, { kind, is_vacuumcmd: isVacuum }: Tree): string {
  if (String(kind ?? '').startsWith('TRANS_STMT_'))
    return String(kind).replace('TRANS_STMT_', '').replaceAll('_', ' ')
  if (tag === 'VacuumStmt' && isVacuum !== true) return 'ANALYZE'
  return Object.hasOwn(typed, tag) ? String(typed[tag]) : inWords(tag.replace(/Stmt$/, ''))
}

/** `DetachPartition` is `DETACH PARTITION`. */
export const inWords = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase()
