import { UserError } from 'n8n-workflow';
import { findOtherForm } from '../../operations/find';
import { listFinder } from '../../operations/listFinder';
import { otherFormAdvice } from '../../operations/lookup';
import { formatOrganisation } from '../../organisation/organisations';
import type { RowMessages } from '../../parameters/cells';
import type { UphanceClient } from '../../transport/client';
import type { SkuRecord } from './findSkus';
import { skusInProducts } from './findSkus';
import { byEan, skuLookup } from './sku';
import type { SkuReference } from './skuReference';

type StyleReference = Extract<SkuReference, { by: 'product_identifier' }>;

/**
 * Returns the error for a row whose SKU does not exist. For a style, it means that there is no such product. For an EAN,
 * it sends one more request to see if Uphance has it with another number of leading zeros.
 */
export async function skuNotFoundError(
	client: UphanceClient,
	reference: SkuReference,
	messages: RowMessages,
): Promise<UserError> {
	const other = reference.by === 'ean' && (await findOtherForm(client, skuLookup.recordType, byEan, reference.ean));
	const hint = other ? `${otherFormAdvice(skuLookup.describe(other) || 'A SKU', byEan.label, other.ean)}` : '';
	const noun = reference.by === 'product_identifier' ? 'product' : 'SKU';
	const subject =
		reference.by === 'product_identifier'
			? `No product has the product identifier '${reference.style}'`
			: `No SKU has the ${describeReference(reference)}`;
	const isInList = reference.by === 'sku_number' || reference.by === 'sku_id';
	const old = isInList && (await listFinder(client, skusInProducts)).describeReading();
	const unchecked = reference.by === 'sku_id' && messages.uncheckedIds;
	const advice = `Correct the row, or add the ${noun} in Uphance; ${messages.consequence}.`;
	return new UserError(`${subject} ${at(reference, messages)}`, {
		description: [lookedIn(client), old, hint, whereToLook[noun], unchecked, advice].filter(Boolean).join(' '),
	});
}

const whereToLook = {
	product: "'Get Many' of Product shows the product identifiers.",
	SKU: "'Get Many' of Product shows the SKUs with their IDs, EANs and numbers if 'Return One Item Per' is SKU.",
};

/**
 * Returns the error for a row whose product exists, but not in this color and size.
 *
 * @param skus all SKUs of the product, for the message
 */
export function variantNotFoundError(
	client: UphanceClient,
	skus: SkuRecord[],
	reference: StyleReference,
	messages: RowMessages,
): UserError {
	const sizes = new Map<string, string[]>();
	for (const { color, size } of skus) {
		const name = String(color ?? '');
		sizes.set(name, [...(sizes.get(name) ?? []), String(size ?? '')]);
	}
	const available = [...sizes].map(([color, names]) => `${color} in ${[...new Set(names)].join(', ')}`).join('; ');
	return new UserError(
		`Product ${reference.style} has no color '${reference.color}' in size '${reference.size}' ${at(reference, messages)}`,
		{
			description: `${lookedIn(client)} ${available ? `It has ${available}` : 'It has no SKUs'}. Correct the row, or add the SKU in Uphance; ${messages.consequence}.`,
		},
	);
}

/** Returns the error for a row that matches several SKUs. */
export function ambiguousSkuError(skus: SkuRecord[], reference: SkuReference, messages: RowMessages): UserError {
	const matches = skus.map(({ product_name, color, size, sku_id }) =>
		[product_name, color, size, sku_id === undefined ? '' : `(${String(sku_id)})`].filter(Boolean).join(' '),
	);
	return new UserError(
		`${skus.length} SKUs have the ${describeReference(reference)} ${at(reference, messages)}: ${matches.join(', ')}`,
		{
			description: `Name it by its ID, or give each SKU a different value in Uphance; ${messages.consequence}.`,
		},
	);
}

/**
 * Returns the error for a SKU without an ID. Which fields the list of SKUs has is not documented
 * (docs/uphance.openapi.yaml: GET /skus), so this happens if the list of products does not have the SKU either.
 */
export const skuIdUnknownError = (reference: SkuReference, messages: RowMessages): UserError =>
	new UserError(
		`Uphance does not return the ID of the SKU with the ${describeReference(reference)} ${at(reference, messages)}`,
		{
			description: `Name the SKU by its ID instead; ${messages.consequence}.`,
		},
	);

function describeReference(reference: SkuReference): string {
	switch (reference.by) {
		case 'sku_id':
			return `ID ${reference.id}`;
		case 'ean':
			return `EAN '${reference.ean}'`;
		case 'sku_number':
			return `SKU number '${reference.number}'`;
		case 'product_identifier':
			return `product identifier '${reference.style}', color '${reference.color}' and size '${reference.size}'`;
	}
}

/** Returns the position of the row, e.g. "(line item 2)". */
const at = ({ index }: SkuReference, { row }: RowMessages): string => `(${row} ${index + 1})`;

const lookedIn = ({ organisation }: UphanceClient): string =>
	`Looked in organisation ${formatOrganisation(organisation)}.`;
