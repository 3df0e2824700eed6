import VOProvisioning
import WorkerMain

/// The service `baton-vo-provisioning`.
@main struct VOProvisioningMain {
    static func main() async { await WorkerMain.run(VOProvisioning.self) }
}
