import Engine
import VOProvisioning
import WorkerMain

/// The service `baton-vo-provisioning`.
@main struct VOProvisioningMain {
    static func main() async { await WorkerMain.run(WorkerProgram(VOProvisioning.self)) }
}
