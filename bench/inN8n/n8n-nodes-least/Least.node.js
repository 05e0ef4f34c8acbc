/**
 * The minimum that a node needs in n8n to read every sales order: no organisation lock, no retries, no error messages.
 */
class Least {
	description = {
		displayName: 'Least',
		name: 'least',
		group: ['transform'],
		version: 1,
		description: 'Every sales order',
		defaults: { name: 'Least' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'uphanceApi', required: true }],
		properties: [],
	};

	async execute() {
		const data = await this.getCredentials('uphanceApi');
		const items = [];
		for (let page = 1; page; ) {
			const response = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'uphanceApi',
				{ url: `${data.apiUrl}/sales_orders`, qs: { page }, json: true },
				{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data } },
			);
			for (const json of response.sales_orders) items.push({ json });
			page = response.meta.next_page;
		}
		return [items];
	}
}

module.exports = { Least };
