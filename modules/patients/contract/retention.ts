/** How long a patient's file is kept: in use, then archived, then erased. */
export {}
