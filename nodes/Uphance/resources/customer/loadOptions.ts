import type { Limits } from '../../http/limits';
import { getProperty } from '../../http/json';
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { parseLocator } from '../../parameters/locator';
import { withEditorClient } from '../../methods/loadOptions';
import { findByLocator, notFoundError } from '../../operations/lookup';
import type { LoadOptions } from '../../operations/operation';
import { toRecords } from '../../output/values';
import { customerLookup } from './customer';

/** The people of the customer that is chosen in the node, e.g. "Jo Smith, Buyer" (users.md A6). */
export const getCustomerContacts: LoadOptions = async function (limits) {
	return toOptions(toRecords((await findSelectedCustomer(this, limits, 'contacts')).people), contactLabel);
};

/** Its addresses, e.g. "1 High St, London (default for shipping)". */
export const getCustomerAddresses: LoadOptions = async function (limits) {
	return toOptions(toRecords((await findSelectedCustomer(this, limits, 'addresses')).addresses), addressLabel);
};

export const contactLabel = ({ first_name, last_name, position, email }: IDataObject): string =>
	joinByComma([joinNonBlank([first_name, last_name], ' ') || email, position]);

export function addressLabel(address: IDataObject): string {
	const { line_1, line_2, line_3, city, default_for_shipping, default_for_billing } = address;
	const uses = [default_for_shipping === true && 'shipping', default_for_billing === true && 'billing'].filter(Boolean);
	const marks = uses.length > 0 ? ` (default for ${uses.join(' and ')})` : '';
	return `${joinByComma([line_1 || line_2 || line_3, city])}${marks}`;
}

const joinByComma = (parts: unknown[]): string => joinNonBlank(parts, ', ');

const joinNonBlank = (parts: unknown[], between: string): string =>
	parts
		.map((part) => (typeof part === 'string' ? part.trim() : ''))
		.filter((part) => part !== '')
		.join(between);

const toOptions = (each: IDataObject[], label: (record: IDataObject) => string): INodePropertyOptions[] =>
	each.flatMap((record) =>
		typeof record.id === 'number' ? [{ name: label(record).trim() || `#${record.id}`, value: record.id }] : [],
	);

/** @throws UserError while nobody knows which customer is meant; NodeApiError */
async function findSelectedCustomer(
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	what: string,
): Promise<IDataObject> {
	const locator: unknown = context.getCurrentNodeParameter('customerId');
	const value = getProperty(locator, 'value') ?? locator;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '' || text.startsWith('=')) {
		throw new UserError('Choose a customer first', {
			description: `Its ${what} are listed here then. Where 'Customer' is an expression, enter an ID here, or an expression that yields one.`,
		});
	}
	const choice = parseLocator(customerLookup.label, locator);
	return await withEditorClient(context, limits, async (client) => {
		const record = await findByLocator(client, customerLookup, choice);
		if (!record) throw await notFoundError(client, customerLookup, choice);
		return record;
	});
}
