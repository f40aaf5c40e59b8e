// Every SQL statement of the module, on a handle that names its tables: Tables<'…'>.
export {}
