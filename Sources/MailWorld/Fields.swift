import Mustache
import StrictJSON

/// An order's fields as a template looks them up; notes those that are not there.
final class Fields: MustacheParent {
    private let object: JSONObject
    /// Whether names that are not here are looked up further out.
    private let isInner: Bool
    /// The names that no fields have, in the order they were looked up.
    private(set) var missing: [String] = []

    /// Takes an order's fields.
    ///
    /// - Throws: ``MailFault/order(_:)``, where one is neither text, truth value nor a list of texts or of objects of such.
    convenience init(_ fields: JSON) throws(MailFault) {
        guard let object = fields.objectValue else { throw .order(".fields must be an object") }
        try Self.check(object, at: ".fields")
        self.init(object, isInner: false)
    }

    private init(_ object: JSONObject, isInner: Bool) {
        self.object = object
        self.isInner = isInner
    }

    /// What a name stands for.
    func child(named name: String) -> Any? {
        switch object[name] {
        case .string(let text)?: return text
        case .bool(let flag)?: return flag
        case .array(let elements)?:
            return elements.map { element -> Any in
                element.objectValue.map { Fields($0, isInner: true) } ?? element.stringValue ?? ""
            }
        default:
            if !isInner, !missing.contains(name) { missing.append(name) }
            return nil
        }
    }

    private static func check(_ object: JSONObject, at path: String) throws(MailFault) {
        for (key, value) in object.members {
            switch value {
            case .string, .bool: continue
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    guard element.stringValue == nil else { continue }
                    guard let inner = element.objectValue else {
                        throw .order("\(path).\(key)[\(index)] must be text or an object")
                    }
                    try check(inner, at: "\(path).\(key)[\(index)]")
                }
            default: throw .order("\(path).\(key) must be text, true, false or a list of texts or objects")
            }
        }
    }
}
