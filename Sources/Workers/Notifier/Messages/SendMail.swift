import Vocabulary
import WorkerKit

/// One mail to one address, of a template.
package struct SendMail: Effect {
    package typealias Owner = NotifierMessages
    package static let name = "send-mail"

    /// Whom it goes to.
    package let to: EmailAddress
    /// The template it is made of.
    package let template: Template
    /// What the template tells.
    package let fields: Fields

    /// The templates there are, by file name.
    package enum Template: String, Codable, CaseIterable, Sendable {
        /// A team is asked to do something.
        case handoff
        /// A team is told something that it need not answer.
        case notice
        /// A team is reminded of what it was asked.
        case reminder
        /// A team's escalation contact is told of a handoff that is overdue or declined.
        case escalation
        /// A team is told that a handoff was taken back.
        case revocation
        /// A message of a team was refused.
        case refusal
        /// The sales representative learns that a product was cancelled.
        case productCancelled = "product-cancelled"
        /// The CS representative gets the confirmation of a cancellation.
        case cancellationConfirmed = "cancellation-confirmed"
        /// The customer can download its licences.
        case orderConfirmed = "order-confirmed"
        /// The firm's administrator is welcomed: its products are loaded.
        case virtualOfficeWelcome = "virtual-office-welcome"
        /// The specialists learn that the products are loaded.
        case virtualOfficeLoaded = "virtual-office-loaded"
        /// The firm's administrator can log in, and set up staff.
        case virtualOfficeOpen = "virtual-office-open"
    }

    /// What templates may name; each uses those it needs.
    package struct Fields: Codable, Equatable, Sendable {
        /// The case.
        package var caseID: CaseID
        /// The team that is written to.
        package var team: String?
        /// What is to be done, in a line.
        package var title: String?
        /// What there is to know, a line each.
        package var lines: [String]?
        /// The handoff's id.
        package var handoff: HandoffID?
        /// When an answer is due.
        package var due: Timestamp?
        /// The id of a message that was refused.
        package var refused: MessageID?
        /// Why something was refused.
        package var why: String?
        /// The customer's firm.
        package var firm: String?
        /// Products, by name.
        package var products: [String]?
        /// The number of a cancellation.
        package var confirmation: String?
        /// The number of an order.
        package var order: String?
        /// The specialist who coordinates the case.
        package var specialist: Person?

        /// Tells about a case.
        package init(_ caseID: CaseID) { self.caseID = caseID }
    }

    /// What the mail server said.
    package struct Outcome: Codable, Equatable, Sendable {
        /// Its reply.
        package let reply: String

        /// Quotes it.
        package init(reply: String) { self.reply = reply }
    }

    /// Orders a mail.
    package init(to: EmailAddress, _ template: Template, _ fields: Fields) {
        self.to = to
        self.template = template
        self.fields = fields
    }

    package var title: String {
        let subject = fields.title ?? template.rawValue
        return "Mail to \(to): \(subject)"
    }

    package var openHandoff: HandoffID? {
        switch template {
        case .handoff, .reminder, .escalation: fields.handoff
        case .notice, .revocation, .refusal, .productCancelled, .cancellationConfirmed, .orderConfirmed,
            .virtualOfficeWelcome, .virtualOfficeLoaded, .virtualOfficeOpen:
            nil
        }
    }
}
