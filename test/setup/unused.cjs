// In place of packages that n8n-core loads and that no test uses: whatever they export is an empty class.
module.exports = new Proxy({}, { get: (_, name) => (name === '__esModule' ? true : class {}) });
