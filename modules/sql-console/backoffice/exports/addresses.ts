export const exportsTo = '/sql/exports'
