import { UserError } from 'n8n-workflow';
import type { RowWords } from '../../parameters/rowCell';
import { named } from '../../auth/errors';
import type { Connection } from '../../transport/client';
import type { ListedSku } from './skuIndex';
import type { WantedSku } from './wantedSkus';

type StyleWanted = Extract<WantedSku, { by: 'product_identifier' }>;

/** Nobody has what the row says: of a style, the style itself is not there. */
export function refusedMissingSku(uphance: Connection, wanted: WantedSku, words: RowWords): UserError {
	const [who, what] =
		wanted.by === 'product_identifier'
			? [`No product has the product identifier '${wanted.style}'`, 'product']
			: [`No SKU has the ${whatOf(wanted)}`, 'SKU'];
	return new UserError(`${who} ${at(wanted, words)}`, {
		description: `${lookedIn(uphance)} Add the ${what} in Uphance or correct the row; ${words.nothing}.`,
	});
}

/** The style is there, but not in this color and size. @param skus what there is */
export function refusedStyle(uphance: Connection, skus: ListedSku[], wanted: StyleWanted, words: RowWords): UserError {
	const sizes = new Map<string, string[]>();
	for (const { color, size } of skus) {
		const name = String(color ?? '');
		sizes.set(name, [...(sizes.get(name) ?? []), String(size ?? '')]);
	}
	const there = [...sizes].map(([color, each]) => `${color} in ${[...new Set(each)].join(', ')}`).join('; ');
	return new UserError(
		`Product ${wanted.style} has no color '${wanted.color}' in size '${wanted.size}' ${at(wanted, words)}`,
		{
			description: `${lookedIn(uphance)} ${there ? `It has ${there}` : 'It has no SKUs'}. Correct the row, or add the SKU in Uphance; ${words.nothing}.`,
		},
	);
}

/** Nobody knows which of them is meant. */
export function refusedSeveralSkus(skus: ListedSku[], wanted: WantedSku, words: RowWords): UserError {
	const which = skus.map(({ product_name, color, size, sku_id }) =>
		[product_name, color, size, sku_id === undefined ? '' : `(${String(sku_id)})`].filter(Boolean).join(' '),
	);
	return new UserError(`${skus.length} SKUs have the ${whatOf(wanted)} ${at(wanted, words)}: ${which.join(', ')}`, {
		description: `Use SKU ID, or give each its own in Uphance; ${words.nothing}.`,
	});
}

/** There is one, but neither the list of SKUs nor that of products tells its ID (uphance-api.md 4.5). */
export const refusedWithoutId = (wanted: WantedSku, words: RowWords): UserError =>
	new UserError(`Uphance does not tell the ID of the SKU with the ${whatOf(wanted)} ${at(wanted, words)}`, {
		description: `Identify SKUs by SKU ID instead; ${words.nothing}.`,
	});

function whatOf(wanted: WantedSku): string {
	switch (wanted.by) {
		case 'ean':
			return `EAN '${wanted.ean}'`;
		case 'sku_number':
			return `SKU number '${wanted.number}'`;
		case 'product_identifier':
			return `product identifier '${wanted.style}', color '${wanted.color}' and size '${wanted.size}'`;
	}
}

const at = ({ index }: WantedSku, { row }: RowWords): string => `(${row} ${index + 1})`;

const lookedIn = ({ organisation }: Connection): string => `Looked in organisation ${named(organisation)}.`;
