export { FileRefusal } from './importing/file-refusal.ts'
export { refusalValues } from './importing/refusal-values.ts'
export { importFile } from './importing/running.ts'
export { importWork } from './importing/import-job.ts'
export { importHandlers } from './importing/uploading.ts'

export { exportWork } from './exporting/export-job.ts'
export { clientHandlers } from './handlers.ts'
export { clientsAmong } from './queries.ts'
