import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { getProperty } from '../../http/json';
import type { Limits } from '../../http/limits';
import { withEditorClient } from '../../methods/loadOptions';
import { findByLocator, notFoundError } from '../../operations/lookup';
import type { LoadOptions } from '../../operations/operation';
import { toRecords } from '../../output/values';
import { parseLocator } from '../../parameters/locator';
import { idOf } from '../../transport/pages';
import { customerLookup } from './customer';

/**
 * Fills the dropdowns of contacts with the people of the selected customer, e.g. "Jo Smith, Buyer".
 *
 * @throws UserError if no customer is selected or found; NodeApiError if a request fails
 */
export const getCustomerContacts: LoadOptions = async function (limits) {
	return toOptions(toRecords((await findSelectedCustomer(this, limits, 'contacts')).people), contactLabel);
};

/**
 * Fills the dropdowns of addresses with those of the selected customer, e.g. "1 High St, London (default for shipping)".
 *
 * @throws UserError if no customer is selected or found; NodeApiError if a request fails
 */
export const getCustomerAddresses: LoadOptions = async function (limits) {
	return toOptions(toRecords((await findSelectedCustomer(this, limits, 'addresses')).addresses), addressLabel);
};

/** Returns name, or else email, and position of a contact, e.g. "Jo Smith, Buyer". Returns '' if it has none of them. */
export const contactLabel = ({ first_name, last_name, position, email }: IDataObject): string =>
	joinByComma([joinNonBlank([first_name, last_name], ' ') || email, position]);

/** Returns the first line, the city and the defaults of an address, e.g. "1 High St, London (default for shipping)". */
export function addressLabel(address: IDataObject): string {
	const { line_1, line_2, line_3, city, default_for_shipping, default_for_billing } = address;
	const uses = [default_for_shipping === true && 'shipping', default_for_billing === true && 'billing'].filter(Boolean);
	const marks = uses.length > 0 ? ` (default for ${uses.join(' and ')})` : '';
	return `${joinByComma([line_1 || line_2 || line_3, city])}${marks}`;
}

const joinByComma = (parts: unknown[]): string => joinNonBlank(parts, ', ');

const joinNonBlank = (parts: unknown[], separator: string): string =>
	parts
		.map((part) => (typeof part === 'string' ? part.trim() : ''))
		.filter((part) => part !== '')
		.join(separator);

const toOptions = (records: IDataObject[], label: (record: IDataObject) => string): INodePropertyOptions[] =>
	records.flatMap((record) => {
		const id = idOf(record);
		return id === undefined ? [] : [{ name: label(record).trim() || `#${id}`, value: id }];
	});

/**
 * Returns the customer that is selected in the node.
 *
 * @param noun names the list in the message, e.g. "contacts"
 * @throws UserError if no customer is selected, if it is an expression, or if there is no such customer; NodeApiError
 * if a request fails
 */
async function findSelectedCustomer(
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	noun: string,
): Promise<IDataObject> {
	const locator: unknown = context.getCurrentNodeParameter('customerId');
	const value = getProperty(locator, 'value') ?? locator;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '' || text.startsWith('=')) {
		throw new UserError('Choose a customer first', {
			description: `This list then shows the ${noun} of the customer. If 'Customer' is an expression, enter an ID here, or an expression that returns one.`,
		});
	}
	const locatorValue = parseLocator(customerLookup.label, locator);
	return await withEditorClient(context, limits, async (client) => {
		const record = await findByLocator(client, customerLookup, locatorValue);
		if (!record) throw await notFoundError(client, customerLookup, locatorValue);
		return record;
	});
}
