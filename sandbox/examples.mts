import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../examples/', import.meta.url);

/** Returns the names of all files in examples/. */
export const listExampleFiles = (): string[] => readdirSync(folder);

/** Returns the JSON text of an example workflow, with a credential selected in every Uphance node. */
export const readExample = (file: string, credential: string): string =>
	readFileSync(new URL(file, folder), 'utf8').replaceAll('"id": null', `"id": "${credential}"`);
