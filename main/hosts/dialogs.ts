/** How a person is asked for a place on their disk. Each gives an absolute path; undefined when they chose none. */
export interface Dialogs {
  chooseFile(request: { readonly title: string; readonly extensions: readonly string[] }): Promise<string | undefined>;
  chooseSavePath(request: { readonly title: string; readonly suggestedName: string }): Promise<string | undefined>;
  chooseFolder(request: { readonly title: string }): Promise<string | undefined>;
}
