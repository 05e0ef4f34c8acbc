import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(__dirname, '../..');
const pages = ['.', 'docs'].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file)),
);
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** As GitHub makes them of headings. */
const anchorsIn = (page: string) =>
	[...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} -]/gu, '')
			.replaceAll(' ', '-'),
	);

test.each(pages)('Every link of %s to this repository leads somewhere', (page) => {
	const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
	for (const [, path = '', anchor] of links) {
		const target = path ? join(dirname(page), path) : page;
		expect(existsSync(join(root, target)) ? target : `nothing at ${target}`).toBe(target);
		if (anchor) expect(anchorsIn(target)).toContain(anchor);
	}
});
