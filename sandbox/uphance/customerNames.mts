import type { Organisation } from './accounts.mts';
import { pickCyclic } from './pickCyclic.mts';

export interface CustomerName {
	id: number;
	name: string;
}

/** Customers of the generated orders, the same in all organisations. */
const buyers: CustomerName[] = [
	{ id: 9498, name: 'Barneys' },
	{ id: 9936, name: 'Closing , Ceremony' },
	{ id: 10012, name: 'Nordlys Butikk' },
	{ id: 10040, name: 'Maison Lumière' },
	{ id: 10077, name: 'Kōen Select' },
	{ id: 10103, name: 'Harbour & Sons' },
];
/** The customer in Uphance's example of a new order. */
export const documentedCustomer: CustomerName = { id: 55140, name: 'Meridian Department Store' };
const sharedCustomers = [...buyers, documentedCustomer];

const firstWords = 'Amber Birch Cedar Dune Elm Fjord Grove Hazel Iris Juniper Kelp Larch Moss Nettle Opal'.split(' ');
const secondWords =
	'Apparel|Atelier|Boutique|Clothiers|Collective|Emporium|Fashion|Mode|Outfitters|Studio|Supply|Tailors|Threads|Trading|Wardrobe'.split(
		'|',
	);

/** Number of customers of an organisation. */
export const customerCount = 230;

/** Returns the customer at an index of the list: shared customers first, then the organisation's own. Ids ascend. */
export function getCustomerName(organisation: Organisation, index: number): CustomerName {
	const ownIndex = index - sharedCustomers.length;
	if (ownIndex < 0) return pickCyclic(sharedCustomers, index);
	const seed = ownIndex + (organisation.id % 7);
	return {
		id: firstOwnId(organisation) + ownIndex * 3,
		name: `${pickCyclic(firstWords, seed)} ${pickCyclic(secondWords, Math.floor(seed / firstWords.length))}`,
	};
}

/** Returns the customer's index in the organisation's list, or undefined if the organisation has no such customer. */
export function findCustomerIndex(organisation: Organisation, id: unknown): number | undefined {
	const sharedIndex = sharedCustomers.findIndex((each) => each.id === id);
	if (sharedIndex >= 0) return sharedIndex;
	const index = sharedCustomers.length + (Number(id) - firstOwnId(organisation)) / 3;
	const isOwn = Number.isInteger(index) && index >= sharedCustomers.length && index < customerCount;
	return typeof id === 'number' && isOwn ? index : undefined;
}

const firstOwnId = (organisation: Organisation) => 60_000 + organisation.id * 1000;
