import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../examples/', import.meta.url);

/** The names of all files in examples/. */
export const exampleFiles = (): string[] => readdirSync(folder);

/** An example as its file has it, JSON, with a credential chosen in every Uphance node. */
export const exampleText = (file: string, credential: string): string =>
	readFileSync(new URL(file, folder), 'utf8').replaceAll('"id": null', `"id": "${credential}"`);
